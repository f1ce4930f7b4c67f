<?php
/** The shortcode `[groundswell campaign="…"]` and the block `groundswell/action`: one function for both. */

namespace Groundswell;

const SLUG = '/^[a-z0-9]+(?:-[a-z0-9]+)*$/D';

/** What may stand in each attribute of the widget. */
const PATTERNS = array(
	'campaign' => SLUG,
	'lang'     => '/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/Di',
	'kind'     => '/^(?:signature|pledge|signature pledge|pledge signature)$/D',
	'partner'  => SLUG,
	'source'   => SLUG,
	'theme'    => '/^(?:auto|light|dark)$/D',
);

/**
 * The widget, with a notice for editors where something is wrong. Visitors see the widget, or nothing where there can be none.
 *
 * @param array|string $attributes '' for a shortcode that has none.
 */
function render( $attributes ) {
	$given  = given( $attributes );
	$site   = chosen_site( $given['site'] ?? '' );
	$named  = array_intersect_key( $given, PATTERNS );
	$fit    = array_filter( $named, __NAMESPACE__ . '\fits', ARRAY_FILTER_USE_BOTH );
	$notice = notice( problems( $site, $given, array_diff_key( $named, $fit ) ) );
	if ( null === $site || ! isset( $fit['campaign'] ) ) {
		return $notice;
	}
	return $notice . ( is_preview() ? preview( $site, $fit ) : widget( $site, $fit ) );
}

/** What was entered, by name: nothing that is empty or that has another name. */
function given( $attributes ) {
	$names   = array_fill_keys( array_keys( PATTERNS + array( 'site' => '' ) ), '' );
	$entered = array_filter( shortcode_atts( $names, $attributes, 'groundswell' ), 'is_string' );
	return array_filter( array_map( 'trim', $entered ), 'strlen' );
}

function fits( $value, $name ) {
	return 1 === preg_match( PATTERNS[ $name ], $value );
}

function widget( $site, $attributes ) {
	enqueue_widget( $site );
	return element( $site, $attributes );
}

/** The editor asks for a block as it would look. */
function is_preview() {
	return defined( 'REST_REQUEST' ) && REST_REQUEST && 'edit' === ( $_GET['context'] ?? '' );
}
