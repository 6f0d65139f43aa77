/** Loads the rest of this jar where a cluster is named, so that no server looks through its classes before. Not public API. */
package org.thespis.packed;
