"""What comes from outside, as values: who comes when, who is on duty, what breaks, what people mean to do. Pure.

`plan.draw_day(source, directory, calendar, day)` draws one `Day` of `Arrival`s, `Shift`s and `Mishap`s. Each is drawn
with `chance.Dice` of its own, keyed by seed, place and number. So a plan with some of them left out is still a plan,
and nobody else's day changes: that is what lets a long history be made short.

`policies` says what a citizen and an agent see and what they may do; `people` holds the people of the default. They are
asked whenever what they see has changed, and the new intent replaces the old one. Others bring their own through the
entry-point group `lisa.people`. `days` knows opening hours, `population` makes a directory as large as was ordered.
"""
