package org.thespis.bench;

/** Where a server listens. */
record Host(String name, int port) {}
