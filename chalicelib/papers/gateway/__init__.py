"""The sandbox in which documents of strangers are filled: a process that has nothing and may do nothing."""

from chalicelib.papers.gateway.sandbox import fill, judge

__all__ = ['fill', 'judge']
