"""The merchants' screens: web components for any page, and the portal, which shows them as a page."""
