<?php
/** The widget's script: an ES module of the Groundswell site, once a page and only on pages that have the widget. */

namespace Groundswell;

/** Without a version in its address: the site itself says how long it may be kept. */
function enqueue_widget( $site ) {
	$script = widget_script( $site );
	if ( function_exists( 'wp_enqueue_script_module' ) ) {
		wp_enqueue_script_module( $script, $script, array(), null );
	} else {
		wp_enqueue_script( $script, $script, array(), null, true );
	}
}

/** The address, which is also the name that WordPress knows it by. */
function widget_script( $site ) {
	return $site . '/widget.js';
}

/** WordPress before 6.5 writes classic scripts only; other scripts stay as they are. */
function as_module( $tag, $handle, $src ) {
	$scripts = array_map( __NAMESPACE__ . '\widget_script', sites() );
	if ( ! in_array( $handle, $scripts, true ) ) {
		return $tag;
	}
	return sprintf( '<script type="module" src="%s"></script>', esc_url( $src ) ) . "\n";
}
