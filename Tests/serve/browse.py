"""Clicks through the twelve questions in headless Chromium: browse.py [--pictures FOLDER] [--text TEXT] ADDRESS IMAGE OTHER.

ADDRESS is the one that raireki serve printed. Fails when a page does not answer, when axe finds something serious, when
a page is wider than the window, when evidence becomes markup or runs, and when anything is requested from elsewhere.
Pictures of the main pages go to FOLDER. With --text the pages are only looked at, and IMAGE must show TEXT as text.
"""
import argparse
import importlib.resources
import json
import sys
import time
from urllib.parse import quote, urlsplit

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

parser = argparse.ArgumentParser()
parser.add_argument("--pictures")
parser.add_argument("--text", action="append", default=[])
parser.add_argument("names", nargs=3)
options = parser.parse_args()
address, image, other = options.names
folder, texts = options.pictures, options.text
origin = "http://" + urlsplit(address).netloc
axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text()
options = Options()
options.binary_location = "/usr/bin/chromium"
for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
    options.add_argument(argument)
options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
problems = []
answered = 0


def size(width):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def title():
    return browser.find_element(By.TAG_NAME, "h1").text


def home():
    patiently(lambda: browser.find_element(By.CSS_SELECTOR, ".banner .home").click())


def link(text):
    patiently(lambda: browser.find_element(By.PARTIAL_LINK_TEXT, text).click())


def patiently(action):
    """Does it again while the page that a click asked for is not there yet."""
    for _ in range(100):
        try:
            return action()
        except (StaleElementReferenceException, NoSuchElementException):
            time.sleep(0.1)
    return action()


def fill(button, **values):
    form = patiently(lambda: browser.find_element(By.XPATH, f"//button[text()='{button}']/ancestor::form"))
    for name, value in values.items():
        field = form.find_element(By.NAME, name)
        if field.tag_name == "select":
            field.find_element(By.CSS_SELECTOR, f"option[value='{value}']").click()
        else:
            field.clear()
            field.send_keys(value)
    form.find_element(By.TAG_NAME, "button").click()


def expect(words, place):
    global answered
    text = ""
    for _ in range(100):
        text = patiently(lambda: browser.find_element(By.TAG_NAME, "main").text)
        if words in text:
            break
        time.sleep(0.1)
    if words not in text:
        problems.append(f"{place}: no answer like '{words}' in: {text[:300]}")
    answered += 1


def requests():
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith((origin + "/", "data:", "about:", "chrome:")):
                problems.append(f"requested from elsewhere: {url}")
    for entry in browser.get_log("browser"):
        problems.append(f"said by the browser: {entry['message']}")


def questions():
    home(); link("Which images did this runner")
    fill("Find", kind="identity", value=identity); expect(image, "find images")
    home(); link("Which images hold this file")
    fill("Find", path="**/os-release"); expect("os-release", "find file")
    home(); link("What do the sources say"); expect("findings", "findings")
    home(); link("What must be distrusted")
    fill("What if it is compromised?", kind="identity", value=identity); expect("affected directly", "blast")
    home(); link("Was the commit on"); expect("repositor", "commits")
    home(); link("What was odd"); expect("warning", "warnings")
    home(); link("What changed between")
    fill("Compare", a=other, b=image); expect("difference", "diff")
    home(); link("What is missing"); expect("What to collect next", "gaps")
    home(); link("Which log entries"); link("Which entries have no artifact"); expect("without an artifact", "log")
    home(); link("In what order"); expect("signed", "timeline")
    home(); link("What did each tag"); link(image); expect("one digest", "tags")
    home(); link("Was the evidence altered"); link("Compute the whole case anew"); expect("holds", "custody")


def images():
    browser.get(origin + "/images"); link(image); expect("authentic", "image")
    expect("What the sources say", "claims"); expect("checks:", "checks")
    link("Files"); expect("Layer 1", "files")
    browser.back(); link("What it is derived from"); expect(image, "lineage")
    browser.back(); link("Graph"); expect("From images to commits", "graph")
    fill("Search", q=image); expect("Names", "search")
    link("this page as JSON")
    json.loads(browser.find_element(By.TAG_NAME, "pre").text)


def pages():
    return ["", "images", page_of_image, page_of_image + "/files", "signers", "timeline", "graph", "findings", "gaps",
            f"diff?a={quote(other)}&b={quote(image)}", "tags", "log", "custody", "find/images", "blast",
            "search?q=acme"]


def look():
    for width in (1280, 390):
        size(width)
        for page in pages():
            place = f"/{page} {width}"
            browser.get(f"{origin}/{page}")
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"{place}: the page is {wide} wide")
            if browser.find_elements(By.CSS_SELECTOR, "script, iframe, object, embed, main img, a[href^='javascript:']"):
                problems.append(f"{place}: evidence became markup")
            for anchor in browser.find_elements(By.CSS_SELECTOR, "a[href]"):
                if not anchor.get_attribute("href").startswith(origin):
                    problems.append(f"{place}: leads to {anchor.get_attribute('href')}")
            if folder:
                name = page.split("?")[0].replace("/", "-").replace(":", "_") or "home"
                browser.save_screenshot(f"{folder}/{name}-{width}.png")
            requests()
            if width == 1280:
                accessible(place, page)


def accessible(place, page):
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    browser.get(f"{origin}/{page}")
    browser.set_script_timeout(120)
    browser.execute_script(axe)
    result = browser.execute_async_script("axe.run(document).then(arguments[arguments.length - 1])")
    for violation in result["violations"]:
        first = violation["nodes"][0]
        problems.append(f"{place}: {violation['impact']} {violation['id']}: {first['html'][:200]}")
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})


try:
    browser.execute_cdp_cmd("Network.enable", {})
    size(1280)
    browser.get(address)
    if browser.current_url != origin + "/":
        problems.append(f"the token is still in the address: {browser.current_url}")
    link("Signers")
    identity = browser.find_element(By.CSS_SELECTOR, "td[data-title='Identity'] a").text
    # An image's address holds its digest, which lists know.
    browser.get(origin + "/images")
    page_of_image = urlsplit(browser.find_element(By.PARTIAL_LINK_TEXT, image).get_attribute("href")).path[1:]
    if texts:
        browser.get(origin + "/" + page_of_image)
        for text in texts:
            expect(text, "hostile")
    else:
        questions()
        images()
    look()
    # A page of another origin that leads here is not let in.
    browser.get("data:text/html,<a id=x href='" + origin + "/images'>x</a>")
    browser.find_element(By.ID, "x").click()
    if "other-site" not in browser.page_source:
        problems.append("another site's link was followed")
finally:
    browser.quit()
print("\n".join(problems) or f"{answered} answers")
sys.exit(1 if problems else 0)
