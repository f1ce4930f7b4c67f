<?php
/**
 * Plugin Name:       Groundswell
 * Description:       Puts a campaign of your Groundswell site on a page, as a shortcode and a block: the form to sign or pledge, the live tally, the share links.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            Groundswell contributors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       groundswell
 */

namespace Groundswell;

defined( 'ABSPATH' ) || exit;

require __DIR__ . '/sites.php';
require __DIR__ . '/settings.php';
require __DIR__ . '/script.php';
require __DIR__ . '/element.php';
require __DIR__ . '/notice.php';
require __DIR__ . '/action.php';

add_action( 'init', __NAMESPACE__ . '\register' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), __NAMESPACE__ . '\with_settings_link' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\as_module', 10, 3 );

/** The shortcode, the block, and the card that the pasted link of a campaign becomes. */
function register() {
	add_shortcode( 'groundswell', __NAMESPACE__ . '\render' );
	register_block_type( __DIR__ . '/block', array( 'render_callback' => __NAMESPACE__ . '\render' ) );
	foreach ( sites() as $site ) {
		wp_oembed_add_provider( $site . '/c/*', $site . '/oembed' );
	}
}
