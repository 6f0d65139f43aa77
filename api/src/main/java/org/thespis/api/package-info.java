/** What an actor author writes against: annotations, the actor's context, its connections and its errors. */
package org.thespis.api;
