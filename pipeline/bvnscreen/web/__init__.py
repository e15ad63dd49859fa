"""The reviewer's page: a local server, and the same page as files that stand alone.

Needs the extra `web`. The server binds 127.0.0.1, loads nothing from outside, keeps nothing.
"""
