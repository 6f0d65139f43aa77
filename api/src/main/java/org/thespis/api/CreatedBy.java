package org.thespis.api;

/** Who may have an actor created that does not exist. */
public enum CreatedBy {
    /** Clients, and code of the application: whoever the roles of the type let. */
    CLIENTS,

    /**
     * Code of the application alone, by a reference, for whom the roles of the type let; clients are told {@code auth.forbidden}
     * in place of a creation, and use the actors that there are.
     */
    APPLICATION
}
