"""The screens: web components for merchants, the portal, which shows them as a page, and the console."""
