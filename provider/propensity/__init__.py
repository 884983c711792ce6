"""Airflow tasks that run the project's jars, and what the DAG files share."""
