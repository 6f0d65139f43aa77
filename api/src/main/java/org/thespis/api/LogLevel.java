package org.thespis.api;

/** How much the log is told of the actors of a type. */
public enum LogLevel {
    /** As much as the logging of the server is configured for. */
    SERVER,

    /** Nothing. */
    OFF,

    /** What failed. */
    ERROR,

    /** Also what took too long. */
    WARNING,

    /** The same, and what authors log at that level. */
    INFO,

    /** Also which actors are created, woken, put to sleep and ended. */
    DEBUG,

    /** All that there is. */
    TRACE
}
