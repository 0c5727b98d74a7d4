"""What happens by itself: services lean on each other, faults bend them, monitoring measures them.

May import stage, journal, brief and ground; response and responders are strangers. `graph` holds
what the solver reads, `signals` the truth of a moment, `feedback` what lags behind it, `windows`
what monitoring makes of it, `impact` what it cost.
"""
