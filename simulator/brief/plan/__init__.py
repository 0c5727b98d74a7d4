"""A response plan: one document that pages, counts down, permits, scores and staffs.

May import `brief`'s readers and ground. No organisation is named in code; every value a plan
writes carries where it comes from as its end-of-line comment.
"""
