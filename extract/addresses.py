"""Addresses of articles: one spelling each, and whose they are."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING_NAMES = """
gclid gclsrc dclid gbraid wbraid gad_source _ga _gl
fbclid igshid igsh twclid ttclid msclkid yclid ysclid li_fat_id epik
mc_cid mc_eid mkt_tok _hsenc _hsmi _bhlid vero_id ck_subscriber_id
cmpid ncid ito xtor ftag smid smtyp srnd guccounter
ref_src ref_url feedtype wt.mc_id wt_mc
amp outputtype
"""
"""Parameters that say how a reader came, or ask for the AMP twin, and never which article:
of advertisers, social networks, senders of newsletters, and news sites themselves. Those
whose name may also mean an article (`ref`, `source`, `id`) stay."""

TRACKING = frozenset(TRACKING_NAMES.split())
TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "hsa_", "oly_", "guce_")
"""Families of such parameters: Google Analytics, AT Internet, Matomo, HubSpot, Omeda, Yahoo."""

MOBILE_HOST = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.)")
INNER_MOBILE = re.compile(r"^([^.]+)\.m\.(?=[^.]+\.)")  # en.m.wikipedia.org
AMP_PATH = re.compile(r"/amp/?$|\.amp(?=\.html?$|$)")
AMP_VIEWER = re.compile(r"^/(?:amp|[cv])/(s/)?(?=[^/]+\.[^/]+/)")
"""How a viewer's or a cache's path wraps the publisher's address; `s` stands for https."""


def canonical(url: str) -> str:
    """The one spelling of an article's address; raises ValueError where it is not http(s).

    Scheme and host in lower case and ASCII; no default port, fragment, user name, or tracking
    parameter; the rest of the query sorted; AMP and mobile twins as the desktop's address,
    where the address itself tells. The path keeps its case and its last slash, for servers
    tell them apart.
    """
    scheme, host, port, path, query = _split(url)
    if host.endswith(".cdn.ampproject.org") or host == "www.google.com":
        wrapped = AMP_VIEWER.match(path)
        if wrapped:
            inner = "https://" if wrapped[1] else "http://"
            return canonical(inner + path[wrapped.end() :] + (f"?{query}" if query else ""))
    if MOBILE_HOST.match(host):
        host = MOBILE_HOST.sub("www.", host)
    host = INNER_MOBILE.sub(r"\1.", host)
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    parameters = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _tracks(name.lower())
    ]
    parameters.sort(key=lambda parameter: parameter[0])  # values of one name keep their order
    path = AMP_PATH.sub("", path)
    return urlunsplit((scheme, netloc, path or "/", urlencode(parameters, quote_via=quote), ""))


def outlet(url: str) -> str:
    """The host that publishes an article, without `www.` and the like: `example.org`.

    Raises ValueError where the address is not http(s).
    """
    host = urlsplit(canonical(url)).hostname or ""
    return host.removeprefix("www.")


def _split(url: str) -> tuple[str, str, int | None, str, str]:
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"no http or https address: {url!r}")
    host = parts.hostname.rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    if not host or re.search(r"[\s<>\"'\\^`{|}%]", host):
        raise ValueError(f"no host in {url!r}")
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    return scheme, host, parts.port, path, parts.query


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
