"""Where things are kept between calls: projects in folders."""
