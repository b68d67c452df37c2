package hostile.text_doubling

# A text that grows tenfold with each call.
ten(x) := replace("xxxxxxxxxx", "x", x)

violation contains {"constraint": "c", "message": ten(ten(ten(ten(ten(ten(ten(ten(ten("abc")))))))))}
