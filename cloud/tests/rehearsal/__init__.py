"""A walk through the whole AWS side, from an empty account to an empty account: make rehearsal.

The account is the simulated one of ``account``; the commands are those that a person types, the DAG is the
project's, and the endpoint and the training job run the task image.
"""
