package hostile.long_name

violation contains {"constraint": sprintf("%02000d", [input.reports])}
