print("listens on 9999")
