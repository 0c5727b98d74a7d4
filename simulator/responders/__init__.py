"""Who answers when nobody sits there: bots with human delay and skill.

May import stage, journal, brief and ground; a stranger to world and response. A bot folds what
its seat may see and nothing else; whatever it wants, it says as an order like everybody.
"""
