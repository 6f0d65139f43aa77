/** Actors as beans inside the server call them: references, typed proxies, subscriptions. Not public API. */
package org.thespis.runtime.reference;
