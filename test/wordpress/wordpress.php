<?php
/**
 * As much of WordPress as the plugin calls, each function as https://developer.wordpress.org/reference describes it, and
 * one request to it: JSON in, JSON out. Whatever PHP so much as warns of ends the request.
 */

error_reporting( E_ALL );
set_error_handler( function ( $level, $message, $file, $line ) {
	throw new ErrorException( $message, 0, $level, $file, $line );
} );

define( 'ABSPATH', '/' );

final class WordPress {
	public static $asked, $options, $hooks = array(), $shortcodes = array(), $blocks = array(), $scripts = '';
	public static $providers = array(), $settings = array(), $fields = array(), $pages = array(), $errors = array();
}

WordPress::$asked   = json_decode( file_get_contents( 'php://input' ), true );
WordPress::$options = array( 1 => WordPress::$asked['options'] ) + array_fill( 1, 3, WordPress::$asked['options'] );

if ( WordPress::$asked['isPreview'] ) {
	define( 'REST_REQUEST', true );
	$_GET['context'] = 'edit';
}

// Hooks.
function add_filter( $hook, $callback, $priority = 10, $arguments = 1 ) {
	WordPress::$hooks[ $hook ][] = array( $callback, $arguments );
}
function add_action( $hook, $callback ) {
	add_filter( $hook, $callback );
}
function apply_filters( $hook, $value, ...$more ) {
	foreach ( WordPress::$hooks[ $hook ] ?? array() as list( $callback, $arguments ) ) {
		$value = $callback( ...array_slice( array( $value, ...$more ), 0, $arguments ) );
	}
	return $value;
}
function do_action( $hook ) {
	apply_filters( $hook, null );
}
function plugin_basename( $file ) {
	return basename( dirname( $file ) ) . '/' . basename( $file );
}

// Shortcodes, blocks, scripts.
function add_shortcode( $tag, $callback ) {
	WordPress::$shortcodes[ $tag ] = $callback;
}
function shortcode_atts( $pairs, $attributes, $tag ) {
	return array_merge( $pairs, array_intersect_key( (array) $attributes, $pairs ) );
}
function register_block_type( $folder, $arguments ) {
	$block = json_decode( file_get_contents( "$folder/block.json" ), true );

	WordPress::$blocks[ $block['name'] ] = $block + $arguments;
}
function wp_enqueue_script( $handle, $src, $dependencies, $version, $in_footer ) {
	$tag = sprintf( "<script src='%s' id='%s-js'></script>\n", $src, $handle );

	WordPress::$scripts .= apply_filters( 'script_loader_tag', $tag, $handle, $src );
}
if ( WordPress::$asked['hasModules'] ) {
	function wp_enqueue_script_module( $id, $src, $dependencies, $version ) {
		WordPress::$scripts .= sprintf( "<script type=\"module\" src=\"%s\" id=\"%s-js-module\"></script>\n", $src, $id );
	}
}
function wp_oembed_add_provider( $format, $provider ) {
	WordPress::$providers[ $format ] = $provider;
}

// Texts.
function __( $text ) {
	return WordPress::$asked['translations'][ $text ] ?? $text;
}
function esc_html( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_attr( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_textarea( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_url( $url ) {
	return preg_match( '~^https?://~', $url ) ? htmlspecialchars( $url, ENT_QUOTES ) : '';
}
function esc_html__( $text ) {
	return esc_html( __( $text ) );
}
function get_bloginfo( $show ) {
	return array( 'language' => 'fr-FR' )[ $show ];
}
function wp_parse_url( $url, $component ) {
	return parse_url( $url, $component );
}
function admin_url( $path ) {
	return 'https://wordpress.example/wp-admin/' . $path;
}
function current_user_can( $capability ) {
	return in_array( $capability, WordPress::$asked['capabilities'], true );
}

// Options: of site 1, and of the others of a network.
function get_option( $name, $default ) {
	return WordPress::$options[1][ $name ] ?? $default;
}
function delete_option( $name ) {
	delete_blog_option( 1, $name );
}
function delete_blog_option( $blog, $name ) {
	unset( WordPress::$options[ $blog ][ $name ] );
}
function is_multisite() {
	return WordPress::$asked['isNetwork'];
}
function get_sites( $arguments ) {
	return array_keys( WordPress::$options );
}

// The settings page.
function register_setting( $group, $name, $arguments ) {
	WordPress::$settings[ $name ] = $arguments['sanitize_callback'];
}
function add_settings_section( $id, $title, $callback, $page ) {
}
function add_settings_field( $id, $title, $callback, $page ) {
	WordPress::$fields[ $page ][] = $callback;
}
function add_options_page( $title, $menu_title, $capability, $slug, $callback ) {
	WordPress::$pages[ $slug ] = array( 'title' => $title, 'capability' => $capability, 'show' => $callback );
}
function add_settings_error( $setting, $code, $message ) {
	WordPress::$errors[] = $message;
}
function get_admin_page_title() {
	return current( WordPress::$pages )['title'];
}
function settings_fields( $group ) {
}
function do_settings_sections( $page ) {
	foreach ( WordPress::$fields[ $page ] as $show ) {
		$show();
	}
}
function submit_button() {
}

/** What `$asked` wants to see, as HTML or data. */
function answer( $asked ) {
	list( $what, $value ) = array( $asked['see'], $asked['value'] );
	switch ( $what ) {
		case 'shortcode':
			return WordPress::$shortcodes['groundswell']( $value );
		case 'block':
			$block    = WordPress::$blocks['groundswell/action'];
			$defaults = array_map( function ( $attribute ) { return $attribute['default']; }, $block['attributes'] );
			return $block['render_callback']( array_merge( $defaults, $value ) );
		case 'page':
			ob_start();
			WordPress::$pages[ $value ]['show']();
			return ob_get_clean();
		case 'setting':
			return WordPress::$settings['groundswell_sites']( $value );
		case 'links':
			return apply_filters( 'plugin_action_links_groundswell/groundswell.php', $value );
		case 'script':
			wp_enqueue_script( 'other', $value, array(), null, true );
			return '';
		case 'uninstall':
			define( 'WP_UNINSTALL_PLUGIN', 'groundswell/groundswell.php' );
			require '/plugins/groundswell/uninstall.php';
			return WordPress::$options;
	}
}

require '/plugins/groundswell/groundswell.php';
array_map( 'do_action', array( 'init', 'admin_init', 'admin_menu' ) );

$told = array( 'answer' => answer( WordPress::$asked ) );
foreach ( array( 'blocks', 'providers', 'scripts', 'pages', 'errors' ) as $name ) {
	$told[ $name ] = WordPress::$$name;
}
echo json_encode( $told, JSON_THROW_ON_ERROR );
