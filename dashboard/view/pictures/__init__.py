"""Pictures of a night as rows of styled text: maps, hemicycle, seats through the night, the race, the flow.

Each module draws one picture from a snapshot and a size; `gallery` knows which of them fit a night.
"""
