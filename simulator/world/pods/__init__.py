"""Pods as lives: the cluster's own doings, from a pod's creation to its end.

`lives` what may become of one pod, `groups` which group it belongs to, `revisions` what a workload
has been, `waves` how one revision takes the place of another, `deployment` what a service's pods
are asked for, `kubelet` the process that lets time pass over them. It may import stage, journal and
the world's physics; telemetry reads what it journals.
"""
