<?php
/** Settings > Groundswell: one field, with the addresses of Groundswell sites. */

namespace Groundswell;

const PAGE = 'groundswell';

function register_settings() {
	register_setting(
		PAGE,
		OPTION,
		array(
			'type'              => 'array',
			'default'           => array(),
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_sites',
		)
	);
	add_settings_section( PAGE, '', '__return_null', PAGE );
	add_settings_field(
		OPTION,
		__( 'Groundswell sites', 'groundswell' ),
		__NAMESPACE__ . '\show_sites_field',
		PAGE,
		PAGE,
		array( 'label_for' => OPTION )
	);
}

function add_settings_page() {
	$show = __NAMESPACE__ . '\show_settings_page';
	add_options_page( __( 'Groundswell', 'groundswell' ), __( 'Groundswell', 'groundswell' ), 'manage_options', PAGE, $show );
}

/** In the list of plugins, beside "Deactivate". */
function with_settings_link( $links ) {
	$link = sprintf( '<a href="%s">%s</a>', esc_url( settings_address() ), esc_html__( 'Settings', 'groundswell' ) );
	return array_merge( array( $link ), $links );
}

function settings_address() {
	return admin_url( 'options-general.php?page=' . PAGE );
}

/**
 * Each address as an origin, once. What is no address is left out, and the page says so.
 *
 * @param string|array $entered One address a line, or a list.
 * @return string[]
 */
function sanitize_sites( $entered ) {
	$lines   = is_array( $entered ) ? $entered : preg_split( '/\s+/', (string) $entered, -1, PREG_SPLIT_NO_EMPTY );
	$lines   = array_filter( $lines, 'is_string' );
	$origins = array();
	foreach ( $lines as $line ) {
		$origin = origin( $line );
		if ( null === $origin ) {
			refuse_address( $line );
		} else {
			$origins[] = $origin;
		}
	}
	return array_values( array_unique( $origins ) );
}

/** WordPress prints these messages as HTML. */
function refuse_address( $line ) {
	/* translators: %s: what was entered. */
	$message = __( '“%s” was left out: it is not the address of a site, such as https://act.example.org.', 'groundswell' );
	add_settings_error( OPTION, 'groundswell_address', esc_html( sprintf( $message, $line ) ) );
}

function show_settings_page() {
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1><form action="options.php" method="post">';
	settings_fields( PAGE );
	do_settings_sections( PAGE );
	submit_button();
	echo '</form></div>';
}

function show_sites_field() {
	$help = __( 'One address a line, such as https://act.example.org. The first is used where a shortcode or block names no site. Your pages load the script of these sites: name only those you trust.', 'groundswell' );
	printf(
		'<textarea id="%1$s" name="%1$s" rows="3" cols="50" class="code" spellcheck="false" aria-describedby="%1$s-help">%2$s</textarea><p class="description" id="%1$s-help">%3$s</p>',
		esc_attr( OPTION ),
		esc_textarea( implode( "\n", sites() ) ),
		esc_html( $help )
	);
}
