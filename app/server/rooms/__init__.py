"""Rooms, in which a class follows its teacher: a word leads to one, a key leads in it.

`messages` says what may be said, `registry` what a room is and how many there are, `sharing` how
several processes know of the same room, and `endpoint` answers the browsers.
"""
