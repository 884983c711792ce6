"""What makes Airflow tasks of the project's jars, and DAGs of the files in ``datasets/``."""
