"""Opens a report in headless Chromium, light and dark, wide and narrow: look.py FILE.

Fails when axe finds something serious, when the page is wider than the window, when text is cut, or when anything is
requested from elsewhere.
"""
import importlib.resources
import json
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

address = pathlib.Path(sys.argv[1]).resolve().as_uri()
axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text()
options = Options()
options.binary_location = "/usr/bin/chromium"
for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
    options.add_argument(argument)
options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
problems = []
CUT = """
const found = [];
for (const text of document.querySelectorAll('svg.graph g text, svg.chain g text')) {
  const group = text.parentElement, box = group.querySelector('rect');
  if (!box || !text.getBoundingClientRect().width) continue;
  const inner = text.getBoundingClientRect(), outer = box.getBoundingClientRect();
  if (inner.right > outer.right + 1 || inner.left < outer.left - 1 || inner.bottom > outer.bottom + 1)
    found.push(text.textContent);
}
return found;
"""
try:
    browser.execute_cdp_cmd("Network.enable", {})
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            place = f"{scheme} {width}"
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            browser.get(address)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"{place}: the page is {wide} wide")
            problems += [f"{place}: cut: {text}" for text in browser.execute_script(CUT)]
            for entry in browser.get_log("browser"):
                problems.append(f"{place}: {entry['message']}")
            for entry in browser.get_log("performance"):
                message = json.loads(entry["message"])["message"]
                if message["method"] == "Network.requestWillBeSent":
                    url = message["params"]["request"]["url"]
                    if not url.startswith((address, "data:", "about:", "chrome:")):
                        problems.append(f"{place}: requested {url}")
            browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            browser.get(address)
            browser.set_script_timeout(300)
            browser.execute_script(axe)
            result = browser.execute_async_script("axe.run(document).then(arguments[arguments.length - 1])")
            for violation in result["violations"]:
                first = violation["nodes"][0]
                problems.append(f"{place}: {violation['impact']} {violation['id']}: {first['html'][:200]}")
            browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
finally:
    browser.quit()
print("\n".join(problems))
sys.exit(1 if problems else 0)
