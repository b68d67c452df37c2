package hostile.text_doubling

# A text that becomes ten times as long with each call.
ten(x) := replace("xxxxxxxxxx", "x", x)

violation contains {"constraint": "c", "message": ten(ten(ten(ten(ten(ten(ten(ten(ten("abc")))))))))}
