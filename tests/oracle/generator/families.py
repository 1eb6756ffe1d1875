"""Keywords that have to do with one another, so that they should meet in one config. Lower case."""

from sshkeep.openssh.kind import Kind

FAMILIES: dict[Kind, tuple[str, ...]] = {
    "sshd_config": (
        "port listenaddress addressfamily",
        "authenticationmethods passwordauthentication pubkeyauthentication kbdinteractiveauthentication usepam gssapiauthentication hostbasedauthentication",
        "challengeresponseauthentication kbdinteractiveauthentication skeyauthentication usepam passwordauthentication",
        "authorizedkeyscommand authorizedkeyscommanduser authorizedkeysfile authorizedprincipalscommand authorizedprincipalscommanduser",
        "allowusers denyusers allowgroups denygroups",
        "permitopen permitlisten disableforwarding allowtcpforwarding gatewayports allowstreamlocalforwarding",
        "acceptenv setenv permituserenvironment permituserrc",
        "subsystem forcecommand chrootdirectory",
        "hostkey hostcertificate hostdsakey hostkeyagent hostkeyalgorithms",
        "ciphers macs kexalgorithms casignaturealgorithms hostkeyalgorithms pubkeyacceptedkeytypes pubkeyacceptedalgorithms",
        "loglevel syslogfacility logverbose fingerprinthash",
        "clientaliveinterval clientalivecountmax tcpkeepalive keepalive channeltimeout unusedconnectiontimeout rekeylimit",
        "maxstartups persourcemaxstartups persourcenetblocksize persourcepenalties persourcepenaltyexemptlist logingracetime",
        "x11forwarding x11displayoffset x11uselocalhost xauthlocation",
        "streamlocalbindmask streamlocalbindunlink ipqos permittunnel",
        "pubkeyauthoptions requiredrsasize revokedkeys trustedusercakeys securitykeyprovider",
        "hostbasedacceptedkeytypes hostbasedacceptedalgorithms ignorerhosts ignoreuserknownhosts hostbasedusesnamefrompacketonly",
    ),
    "ssh_config": (
        "user hostname tag hostkeyalias port identityfile",
        "proxyjump proxycommand proxyusefdpass user hostname port",
        "batchmode serveraliveinterval serveralivecountmax protocolkeepalives setuptimeout connecttimeout tcpkeepalive keepalive",
        "controlmaster controlpath controlpersist",
        "localforward remoteforward dynamicforward clearallforwardings exitonforwardfailure gatewayports",
        "sendenv setenv",
        "identityfile identityfile2 certificatefile identitiesonly identityagent addkeystoagent",
        "userknownhostsfile globalknownhostsfile updatehostkeys stricthostkeychecking checkhostip verifyhostkeydns nohostauthenticationforlocalhost",
        "sessiontype requesttty remotecommand localcommand permitlocalcommand stdinnull",
        "ciphers macs kexalgorithms casignaturealgorithms hostkeyalgorithms pubkeyacceptedkeytypes pubkeyacceptedalgorithms hostbasedkeytypes",
        "kbdinteractiveauthentication challengeresponseauthentication kbdinteractivedevices preferredauthentications passwordauthentication pubkeyauthentication dsaauthentication",
        "forwardagent forwardx11 forwardx11timeout forwardx11trusted xauthlocation",
        "canonicaldomains canonicalizefallbacklocal canonicalizehostname canonicalizemaxdots canonicalizepermittedcnames",
        "tunnel tunneldevice ipqos rekeylimit escapechar",
        "streamlocalbindmask streamlocalbindunlink syslogfacility loglevel logverbose",
        "pkcs11provider smartcarddevice securitykeyprovider revokedhostkeys",
        "bindaddress bindinterface addressfamily connectionattempts numberofpasswordprompts",
    ),
}
