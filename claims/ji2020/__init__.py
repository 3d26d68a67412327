"""Ji & Zhu 2020, Knowledge Distillation in Wide Neural Networks: Risk Bound, Data Efficiency and Imperfect Teacher."""
