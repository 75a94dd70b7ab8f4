"""Incidents («Инциденты»): one cause of many requests, dealt with once, for houses and what is ordered there.

A request that is attached follows its incident (R20, R21); a reopened one is on its own again. Requests know
which are attached, this house knows what becomes of the incident: its course, the cascade over its requests
and the announcement to those who live there, each of which can stop anywhere and goes on where it stopped.
Announces how incidents go, how far its jobs are, and to whom an incident is announced.
"""
