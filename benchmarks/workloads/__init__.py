"""One workload per module, named after it; `benchmarks.workload` says what a workload is."""
