"""Opens a report in headless Chromium, light and dark, wide and narrow: look.py FILE.

Fails when axe finds something serious, when the page is wider than the window, when text is cut, when anything is
requested from elsewhere, when sorting or filtering does not do what it says, or when the page says less without scripts.
"""
import importlib.resources
import json
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

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
const cut = text => found.push(text.textContent);
for (const drawing of document.querySelectorAll('svg.times')) {
  const outer = drawing.getBoundingClientRect(), texts = [...drawing.querySelectorAll('text')];
  const boxes = texts.map(text => text.getBoundingClientRect());
  boxes.forEach((box, index) => {
    if (!box.width) return;
    if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.bottom > outer.bottom + 1) cut(texts[index]);
    for (const other of boxes.slice(index + 1))
      if (box.left < other.right && other.left < box.right && box.top < other.bottom - 2 && other.top < box.bottom - 2)
        cut(texts[index]);
  });
}
for (const text of document.querySelectorAll('svg.graph g text, svg.chain g text')) {
  const group = text.parentElement, box = group.querySelector('rect');
  if (!box || !text.getBoundingClientRect().width) continue;
  const inner = text.getBoundingClientRect(), outer = box.getBoundingClientRect();
  if (inner.right > outer.right + 1 || inner.left < outer.left - 1 || inner.bottom > outer.bottom + 1)
    found.push(text.textContent);
}
return found;
"""
ROWS = "return [...arguments[0].tBodies[0].rows].map(row => row.cells[0] ? row.cells[0].textContent.trim() : '')"
READ = """
const copy = document.querySelector('main').cloneNode(true);
for (const bar of copy.querySelectorAll('.filter')) bar.remove();
return copy.textContent.replace(/\\s+/g, ' ');
"""


def reading_without_scripts():
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(address)
    text = browser.execute_script(READ)
    made = browser.execute_script("return document.querySelectorAll('button.sort, .filter').length")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    return text, made


def use():
    """Sorts the first table and filters the first list, by the keyboard, under the page's own policy."""
    bare, made = reading_without_scripts()
    if made:
        problems.append("scripts off: they ran")
    browser.get(address)
    if browser.execute_script(READ) != bare:
        problems.append("scripts off: the page reads otherwise")
    buttons = browser.find_elements(By.CSS_SELECTOR, "table button.sort")
    if buttons:
        button = buttons[0]
        head = button.find_element(By.XPATH, "..")
        table = button.find_element(By.XPATH, "ancestor::table")
        before = browser.execute_script(ROWS, table)
        orders = [("ascending", sorted(before, key=str.lower)), ("descending", None), (None, before)]
        for order, expected in orders:
            button.send_keys(Keys.ENTER)
            rows = browser.execute_script(ROWS, table)
            if head.get_attribute("aria-sort") != order or (expected is not None and rows != expected):
                problems.append(f"sorted {order}: {rows}")
            if sorted(rows) != sorted(before):
                problems.append(f"sorted {order}: rows were lost")
    fields = browser.find_elements(By.CSS_SELECTOR, ".filter input")
    for field in fields[:1]:
        shown = "return [...arguments[0].closest('.filter').nextElementSibling.querySelectorAll('tbody tr, li')]"
        shown += ".concat([...(arguments[0].closest('.filter').nextElementSibling.tBodies || [])].flatMap(b => [...b.rows]))"
        shown += ".filter(entry => entry.getClientRects().length).length"
        every = browser.execute_script(shown, field)
        field.send_keys("no entry says this")
        state = field.find_element(By.XPATH, "ancestor::p").find_element(By.TAG_NAME, "output").text
        if browser.execute_script(shown, field) != 0 or not state.startswith("0 of "):
            problems.append(f"filtered: {browser.execute_script(shown, field)} left, {state!r}")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        if browser.execute_script(shown, field) != every:
            problems.append("filtered: paper leaves entries out")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        field.clear()
        field.send_keys("x", Keys.BACKSPACE)
        if browser.execute_script(shown, field) != every:
            problems.append("filtered: entries do not come back")
    print(f"sorted by {len(buttons)} buttons, filtered by {len(fields)} fields")


try:
    browser.execute_cdp_cmd("Network.enable", {})
    use()
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
