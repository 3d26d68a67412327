"""The closed sets of the engine."""
import itertools

import pytest

from verify import Relation, Status
from verify.terms import exit_code


@pytest.mark.parametrize(("relation", "signs"), [("<=", (1,)), (">=", (-1,)), ("==", (1, -1))])
def test_relation_knows_which_signs_of_the_gap_violate_it(relation, signs):
    assert Relation(relation).signs == signs


def test_statuses_stand_from_the_strongest_to_the_weakest_and_each_says_what_it_means():
    order = ["ERROR", "REFUTED", "UNDERPOWERED", "INCONCLUSIVE", "PROVED", "SUPPORTED"]
    assert [str(status) for status in Status] == order
    assert len({status.meaning for status in Status}) == len(Status)
    assert "not a proof" in Status.SUPPORTED.meaning


def test_only_proved_and_supported_pass():
    assert {status for status in Status if status.passes} == {Status.PROVED, Status.SUPPORTED}


def test_exit_code_is_that_of_the_worst_news_in_every_mixture():
    codes = {Status.REFUTED: 1, Status.ERROR: 2, Status.INCONCLUSIVE: 3, Status.UNDERPOWERED: 3}
    for size in range(len(Status) + 1):
        for found in itertools.combinations(Status, size):
            assert exit_code(found) == min((codes[status] for status in found if status in codes), default=0)
