<?php
/** What is wrong with a shortcode or block, told to those who can put it right. */

namespace Groundswell;

/**
 * @param string|null $site  Null where there is none to use.
 * @param string[]    $given What was entered, by name.
 * @param string[]    $wrong Those that do not fit, by name.
 * @return string[] Sentences, not escaped.
 */
function problems( $site, $given, $wrong ) {
	$problems = array();
	if ( null === $site && isset( $given['site'] ) ) {
		/* translators: %s: what was entered. */
		$problems[] = sprintf( __( 'The site “%s” is not among those under Settings > Groundswell; an administrator can add it there.', 'groundswell' ), $given['site'] );
	} elseif ( null === $site ) {
		$problems[] = __( 'An administrator has to enter the address of your Groundswell site under Settings > Groundswell.', 'groundswell' );
	}
	if ( ! isset( $given['campaign'] ) ) {
		$problems[] = __( 'Name the campaign: it is what comes after /c/ in the address of its page.', 'groundswell' );
	}
	foreach ( $wrong as $name => $value ) {
		/* translators: 1: name of an attribute, such as theme, 2: what was entered. */
		$problems[] = sprintf( __( 'The value of %1$s, “%2$s”, is not possible and is left out.', 'groundswell' ), $name, $value );
	}
	return $problems;
}

/** For people who may edit posts; a span, since it may stand in a paragraph. */
function notice( $problems ) {
	if ( ! $problems || ! current_user_can( 'edit_posts' ) ) {
		return '';
	}
	$style = 'display:block;margin:1em 0;padding:.5em 1em;border:2px solid #b32d2e;background:#fff;color:#1d2327';
	$text  = __( 'Groundswell (only editors see this):', 'groundswell' ) . ' ' . implode( ' ', $problems );
	return sprintf( '<span class="groundswell-notice" style="%s">%s</span>', esc_attr( $style ), esc_html( $text ) );
}
