import ipaddress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.outbound.addresses import AddressNotAllowed, check_addresses, is_public, parse_address, parse_url

NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback, not the usual one": "127.255.255.254",
    "loopback, decimal": "2130706433",
    "loopback, hexadecimal": "0x7f000001",
    "loopback, hexadecimal parts": "0x7f.0x0.0x0.0x1",
    "loopback, octal": "017700000001",
    "loopback, octal parts": "0177.0.0.01",
    "loopback, two parts": "127.1",
    "loopback, three parts": "127.0.1",
    "loopback, mixed": "0x7f.1",
    "this network": "0.0.0.0",
    "this network, one part": "0",
    "this network, not the first": "0.1.2.3",
    "private 10": "10.0.0.1",
    "private 10, decimal": "167772161",
    "private 172.16": "172.16.0.1",
    "private 172.31": "172.31.255.255",
    "private 192.168": "192.168.1.1",
    "carrier-grade NAT": "100.64.0.1",
    "carrier-grade NAT, the last": "100.127.255.255",
    "metadata, most clouds": "169.254.169.254",
    "metadata, decimal": "2852039166",
    "metadata, hexadecimal": "0xa9fea9fe",
    "metadata, octal": "0251.0376.0251.0376",
    "metadata, containers": "169.254.170.2",
    "metadata, Azure": "168.63.129.16",
    "metadata, Alibaba": "100.100.100.200",
    "metadata, Oracle": "192.0.0.192",
    "protocol assignments": "192.0.0.1",
    "documentation 1": "192.0.2.1",
    "documentation 2": "198.51.100.1",
    "documentation 3": "203.0.113.1",
    "6to4 relay": "192.88.99.1",
    "benchmarking": "198.18.0.1",
    "benchmarking, the last": "198.19.255.255",
    "multicast": "224.0.0.1",
    "multicast, the last": "239.255.255.255",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "::1",
    "IPv6 loopback, in full": "0:0:0:0:0:0:0:1",
    "IPv6 unspecified": "::",
    "IPv6 unique-local": "fc00::1",
    "IPv6 unique-local, the other half": "fd12:3456::1",
    "IPv6 metadata, AWS": "fd00:ec2::254",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with a zone": "fe80::1%eth0",
    "IPv6 public with a zone": "2606:4700::1111%eth0",
    "IPv6 site-local": "fec0::1",
    "IPv6 site-local, the last": "feff::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, the newer": "3fff::1",
    "IPv6 benchmarking": "2001:2::1",
    "IPv6 discard": "100::1",
    "IPv6 segment routing": "5f00::1",
    "IPv6 ORCHID": "2001:10::1",
    "IPv6 ORCHIDv2": "2001:20::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped loopback, hexadecimal": "::ffff:7f00:1",
    "mapped private": "::ffff:10.0.0.1",
    "mapped metadata": "::ffff:169.254.169.254",
    "mapped public": "::ffff:8.8.8.8",
    "translated (SIIT)": "::ffff:0:127.0.0.1",
    "compatible loopback": "::127.0.0.1",
    "compatible metadata": "::169.254.169.254",
    "compatible public": "::8.8.8.8",
    "NAT64 loopback": "64:ff9b::127.0.0.1",
    "NAT64 metadata": "64:ff9b::a9fe:a9fe",
    "NAT64 public": "64:ff9b::8.8.8.8",
    "NAT64 local use": "64:ff9b:1::1",
    "6to4 loopback": "2002:7f00:1::",
    "6to4 metadata": "2002:a9fe:a9fe::1",
    "6to4 public": "2002:808:808::1",
    "not an address": "example.com",
    "too large a number": "4294967296",
    "too many parts": "1.2.3.4.5",
    "nothing": "",
}
PUBLIC = {
    "a name server": "8.8.8.8",
    "the same, decimal": "134744072",
    "the same, hexadecimal": "0x08080808",
    "the same, octal": "010.010.010.010",
    "just before private 10": "9.255.255.255",
    "just after private 10": "11.0.0.0",
    "just before carrier-grade NAT": "100.63.255.255",
    "just after carrier-grade NAT": "100.128.0.0",
    "just before private 172": "172.15.255.255",
    "just after private 172": "172.32.0.0",
    "just before link-local": "169.253.255.255",
    "just before multicast": "223.255.255.255",
    "IPv6 name server": "2606:4700:4700::1111",
    "IPv6 of AWS": "2600:1f18::1",
    "IPv6 just after 2001::/23": "2001:200::1",
}


class TestPublicAddresses:
    @pytest.mark.parametrize("text", NOT_PUBLIC.values(), ids=NOT_PUBLIC.keys())
    def test_is_not(self, text: str) -> None:
        assert not is_public(text)

    @pytest.mark.parametrize("text", PUBLIC.values(), ids=PUBLIC.keys())
    def test_is(self, text: str) -> None:
        assert is_public(text)

    @given(st.ip_addresses())
    def test_agrees_with_the_standard_library_on_what_is_not_public(
        self, address: ipaddress.IPv4Address | ipaddress.IPv6Address
    ) -> None:
        assert not (is_public(address) and not address.is_global)

    @given(st.ip_addresses(v=4))
    def test_is_the_same_in_every_notation(self, address: ipaddress.IPv4Address) -> None:
        number = int(address)
        parts = address.packed
        spellings = [str(number), hex(number), f"0{number:o}", f"{parts[0]}.{number & 0xFFFFFF}"]
        spellings += [f"{parts[0]}.{parts[1]}.{number & 0xFFFF}", ".".join(f"{p:#x}" for p in parts)]
        assert {parse_address(spelling) for spelling in spellings} == {address}

    @given(st.text() | st.text("0123456789abcdefx.:%[]", max_size=24))
    def test_any_text_is_public_only_if_it_is_a_public_address(self, text: str) -> None:
        address = parse_address(text)
        assert is_public(text) is (address is not None and is_public(address))


REFUSED = {
    "http": ("http://example.com/hook", "https://"),
    "another scheme": ("ftp://example.com/", "https://"),
    "a file": ("file:///etc/passwd", "https://"),
    "no scheme": ("example.com/hook", "https://"),
    "scheme only": ("https://", "https://"),
    "no slashes": ("https:example.com", "https://"),
    "nothing": ("", "https://"),
    "no host": ("https:///path", "https://"),
    "a port without a host": ("https://:443/", "valid name"),
    "a user name": ("https://me@example.com/", "user name"),
    "user name and password": ("https://me:secret@example.com/", "user name"),
    "an empty user name": ("https://@example.com/", "user name"),
    "a host that hides before an at sign": ("https://example.com:443@127.0.0.1/", "user name"),
    "a backslash": ("https://example.com\\@127.0.0.1/", "backslash"),
    "a space": ("https://example.com/a b", "space"),
    "a tab in the host": ("https://exam\tple.com/", "space"),
    "a line break": ("https://example.com/\r\nX: y", "space"),
    "a null byte": ("https://example.com/\x00", "control"),
    "too long": ("https://example.com/" + "a" * 2029, "2048"),
    "port 0": ("https://example.com:0/", "port"),
    "a port too high": ("https://example.com:65536/", "valid URL"),
    "a port that is none": ("https://example.com:https/", "valid URL"),
    "half a bracket": ("https://[::1/", "valid URL"),
    "text after the bracket": ("https://[2606:4700::1111]example.com/", "valid"),
    "an empty label": ("https://example..com/", "valid name"),
    "a leading dot": ("https://.example.com/", "valid name"),
    "a percent sign in the host": ("https://%31%32%37.0.0.1/", "usual form|valid name"),
    "a label too long": (f"https://{'a' * 64}.com/", "valid name"),
    "a name too long": (f"https://{'.'.join(['a' * 60] * 5)}/", "valid name"),
    "a leading hyphen": ("https://-example.com/", "valid name"),
    "loopback": ("https://127.0.0.1/", "not public"),
    "loopback with a final dot": ("https://127.0.0.1./", "not public"),
    "localhost": ("https://localhost/", "not public"),
    "localhost, loud": ("https://LOCALHOST./", "not public"),
    "below localhost": ("https://x.localhost/", "not public"),
    "decimal": ("https://2130706433/", "usual form"),
    "hexadecimal": ("https://0x7f000001/", "usual form"),
    "octal": ("https://0177.0.0.1/", "usual form"),
    "octal that is none": ("https://127.0.0.09/", "usual form"),
    "short": ("https://127.1/", "usual form"),
    "decimal of a public address": ("https://134744072/", "usual form"),
    "full-width digits": ("https://１２７.０.０.１/", "not public"),
    "circled digits": ("https://①②⑦.⓪.⓪.①/", "not public"),
    "ideographic full stops": ("https://127。0。0。1/", "not public"),
    "IPv6 loopback": ("https://[::1]/", "not public"),
    "IPv6 mapped": ("https://[::ffff:127.0.0.1]/", "not public"),
    "IPv6 with a zone": ("https://[fe80::1%25eth0]/", "not public"),
    "metadata": ("https://169.254.169.254/latest/meta-data", "not public"),
    "a snowman": ("https://☃.example/", "valid name"),
    "a name that is not one in any language": ("https://\u202eexample.com/", "control|valid name"),
}


class TestAUrl:
    @pytest.mark.parametrize(("url", "because"), REFUSED.values(), ids=REFUSED.keys())
    def test_is_refused_with_a_reason(self, url: str, because: str) -> None:
        with pytest.raises(AddressNotAllowed, match=because):
            parse_url(url, allow_loopback=False)

    def test_is_parsed(self) -> None:
        endpoint = parse_url("  https://Example.COM.:8443/a/b?c=d&e#f  ", allow_loopback=False)
        assert endpoint.url == "https://Example.COM.:8443/a/b?c=d&e#f"
        assert (endpoint.scheme, endpoint.host, endpoint.port) == ("https", "example.com", 8443)
        assert endpoint.target == "/a/b?c=d&e"
        assert endpoint.address is None

    @pytest.mark.parametrize(
        ("url", "target"),
        [
            ("https://example.com", "/"),
            ("https://example.com?a=b", "/?a=b"),
            ("https://example.com/#@127.0.0.1/", "/"),
            ("https://example.com/%7Ea/ü?ö=%20", "/%7Ea/%C3%BC?%C3%B6=%20"),
            ('https://example.com/"<>"', "/%22%3C%3E%22"),
        ],
    )
    def test_is_sent_percent_encoded_and_without_its_fragment(self, url: str, target: str) -> None:
        assert parse_url(url, allow_loopback=False).target == target

    @pytest.mark.parametrize(
        ("host", "ascii_host"),
        [
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("my_host.example.com", "my_host.example.com"),
            ("8.8.8.8", "8.8.8.8"),
            ("[2606:4700:4700:0::1111]", "2606:4700:4700:0::1111"),
        ],
    )
    def test_accepts_any_valid_host(self, host: str, ascii_host: str) -> None:
        assert parse_url(f"https://{host}/", allow_loopback=False).host == ascii_host

    @pytest.mark.parametrize(
        ("scheme", "host"),
        list(
            product(
                ("http", "https"), ("localhost", "127.0.0.1", "127.9.9.9", "[::1]", "LocalHost:8080", "x.localhost")
            )
        ),
    )
    def test_may_be_loopback_where_that_is_allowed(self, scheme: str, host: str) -> None:
        assert parse_url(f"{scheme}://{host}/", allow_loopback=True).scheme == scheme

    @pytest.mark.parametrize(
        "url",
        [
            "http://example.com/",
            "http://10.0.0.1/",
            "https://10.0.0.1/",
            "https://[fd00:ec2::254]/",
            "http://127.1/",
            "http://0.0.0.0/",
            "http://localhost.example.com/",
        ],
    )
    def test_is_still_refused_otherwise_if_loopback_is_allowed(self, url: str) -> None:
        with pytest.raises(AddressNotAllowed):
            parse_url(url, allow_loopback=True)

    @given(st.text() | st.text(alphabet="htps:/[]@.%#?0123456789abcdefx\\").map("https://".__add__))
    def test_any_text_is_refused_or_has_a_host(self, text: str) -> None:
        try:
            endpoint = parse_url(text, allow_loopback=False)
        except AddressNotAllowed:
            return
        assert endpoint.host.isascii()
        assert endpoint.target.isascii()
        assert endpoint.target.startswith("/")


class TestTheAddressesOfAHost:
    endpoint = parse_url("https://example.com/", allow_loopback=False)

    def test_come_with_ipv4_first_and_each_once(self) -> None:
        found = check_addresses(self.endpoint, ["2606:4700::1", "8.8.8.8", "2606:4700::1"], allow_loopback=False)
        assert [str(address) for address in found] == ["8.8.8.8", "2606:4700::1"]

    @pytest.mark.parametrize("text", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fec0::1", "::127.0.0.1"])
    def test_are_refused_when_one_of_them_is_not_public(self, text: str) -> None:
        with pytest.raises(AddressNotAllowed):
            check_addresses(self.endpoint, ["8.8.8.8", text], allow_loopback=False)

    def test_may_be_loopback_where_that_is_allowed(self) -> None:
        assert check_addresses(self.endpoint, ["127.0.0.1"], allow_loopback=True)

    def test_must_be_loopback_where_the_scheme_is_http(self) -> None:
        plain = parse_url("http://localhost/", allow_loopback=True)
        with pytest.raises(AddressNotAllowed):
            check_addresses(plain, ["8.8.8.8"], allow_loopback=True)
