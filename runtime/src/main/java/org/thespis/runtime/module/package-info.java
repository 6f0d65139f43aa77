/** The modules that actors stand in, and the naming context that each gives to their turns. */
package org.thespis.runtime.module;
