<?php
/** The Groundswell sites that this WordPress trusts: their scripts run on its pages, so only an administrator names them. */

namespace Groundswell;

const OPTION = 'groundswell_sites';

/**
 * The sites of the settings as origins (`https://act.example.org`); the first is used where none is named.
 *
 * @return string[]
 */
function sites() {
	return (array) get_option( OPTION, array() );
}

/** The site that a shortcode or block asks for, '' for the first; null where it is not in the settings. */
function chosen_site( $address ) {
	$wanted = '' === $address ? current( sites() ) : origin( $address );
	return in_array( $wanted, sites(), true ) ? $wanted : null;
}

/** Scheme, host and port of an http(s) address; null where it is none. A link into the site will do. */
function origin( $address ) {
	$pattern = '~^(https?://(?:[\p{L}\p{M}\p{N}.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)(?:[/?#]|$)~iu';
	return preg_match( $pattern, trim( $address ), $found ) ? strtolower( $found[1] ) : null;
}
