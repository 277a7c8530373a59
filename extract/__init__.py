"""Bytes and text in, values out: feeds, pages, figures, claims, stories.

Nothing here knows SQL, Prefect or the network.
"""
