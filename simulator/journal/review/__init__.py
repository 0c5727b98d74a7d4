"""What is said of a drill after it has ended: acts of review, and how final its score is.

`acts` is the vocabulary and its wire, `finality` the picture folded from it, `rules` who may say
what and when. These acts form a second chain beside the journal, whose first line names the
journal's head; the journal itself never changes again. Imports journal and ground only.
"""
