return "model"
