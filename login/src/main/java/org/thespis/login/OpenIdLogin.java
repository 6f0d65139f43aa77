package org.thespis.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;

/**
 * Has the server log users in by the code flow of OpenID Connect. The server asks the provider when the first user logs in, not
 * before.
 */
@ApplicationScoped
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${thespisLogin.provider}",
        clientId = "${thespisLogin.clientId}",
        clientSecret = "${thespisLogin.clientSecret}",
        redirectURI = "${thespisLogin.redirectUri}",
        scopeExpression = "${thespisLogin.scopes}",
        claimsDefinition =
                @ClaimsDefinition(
                        callerNameClaim = "${thespisLogin.nameClaim}",
                        callerGroupsClaim = "${thespisLogin.rolesClaim}"))
public class OpenIdLogin {}
