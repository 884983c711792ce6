"""The DAGs for Airflow of each file in ``datasets/``."""

from propensity.dags import propensity_dags

globals().update(propensity_dags())
