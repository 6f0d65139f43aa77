/** Calls of actions and low-level requests: each is answered once. */
package org.thespis.runtime.call;
