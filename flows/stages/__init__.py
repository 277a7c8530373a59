"""The stages of a run, each a Prefect flow over what the warehouse says is pending.

A stage takes a batch, works on it in plain functions, and commits it in one transaction. It
may be killed anywhere: the next run takes the same batch again. Prefect tasks are one a feed
or one a batch, never one an article: a task costs some 10 ms and 20 kB of Prefect's database.
"""
