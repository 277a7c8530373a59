"""Prefect flows, settings, the command line and mail."""
