"""The call: cameras, microphone and the ends of a leg. The only room that imports aiortc and av.

A leg is one media connection between a booth and a desk (or between two desks), made new for each desk that answers.
The booth always offers; descriptions are complete, nothing trickles after.

    citizen camera  --> Newest --> PictureTrack --+                                +--> View --> faces() --> screen
    document camera --> Newest --> PictureTrack --+--> LegConnection <== WebRTC ==> the desk's end
    microphone      ------------>  SoundTrack   --+                                +--> Loudness --> voice_level()
          Outgoing: muted, hidden

`call` and `desk_call` are the ends over WebRTC, `memory_call` the same contracts without sockets, for virtual time.
`peer` owns the connection, its tasks and its end; `tracks` are sources that never stop, because a track that ends kills
aiortc's sender; `tuning` and `rtp` hold all in which our aiortc differs from the installed one; `description` checks
what the other side says before aiortc sees it. Nothing is recorded: each place holds the newest value only.

Others rely on `call.RtcMedia`, `memory_call.MemoryMedia` (both are `slots.call.MediaFactory`) and `pictures`.
"""
