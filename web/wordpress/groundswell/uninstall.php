<?php
/** Leaves nothing behind, on any site of a network. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'groundswell_sites' );

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $blog ) {
		delete_blog_option( $blog, 'groundswell_sites' );
	}
}
