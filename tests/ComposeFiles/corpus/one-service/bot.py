print("polls")
