<?php
/** The HTML of the widget. On one line and without block elements, so that `wpautop` and a paragraph around it do no harm. */

namespace Groundswell;

/** Room that is kept until the widget is there: the same as in the other snippets of Groundswell. */
const ROOM = '960px';
/** Where no script will come, none is kept. */
const NO_ROOM = '<noscript><style>groundswell-action{min-height:0!important}</style></noscript>';

/**
 * `<groundswell-action>`, and in it a link for readers without JavaScript, and for feeds and mails.
 *
 * @param string   $site       An origin of the settings.
 * @param string[] $attributes By name; they fit PATTERNS.
 */
function element( $site, $attributes ) {
	/* translators: %s: host of the Groundswell site. */
	$text = sprintf( __( 'Take part on %s', 'groundswell' ), wp_parse_url( $site, PHP_URL_HOST ) );
	$link = sprintf( '<a href="%s" lang="%s">%s</a>', esc_url( campaign_page( $site, $attributes ) ), esc_attr( page_language() ), esc_html( $text ) );
	$own  = array( 'api' => $site, 'style' => 'display:block;min-height:' . ROOM );
	return '<groundswell-action' . attributes( $attributes + $own ) . ">$link" . NO_ROOM . '</groundswell-action>';
}

/** In the editor: the site's page for frames, so that nothing of the widget runs there, and a wrong name is seen at once. */
function preview( $site, $attributes ) {
	$campaign = $attributes['campaign'];
	unset( $attributes['campaign'] );
	$frame = array(
		'src'   => address( "$site/embed/$campaign", $attributes + array( 'lang' => page_language() ) ),
		'title' => __( 'Preview of the campaign', 'groundswell' ),
		'style' => 'display:block;width:100%;border:0;height:' . ROOM,
	);
	return '<iframe' . attributes( $frame ) . '></iframe>';
}

/** The campaign's page, in the language asked for, else in that of this page. */
function campaign_page( $site, $attributes ) {
	$query = array(
		'lang'    => $attributes['lang'] ?? page_language(),
		'kind'    => strtok( $attributes['kind'] ?? '', ' ' ) ?: null,
		'partner' => $attributes['partner'] ?? null,
		'source'  => $attributes['source'] ?? null,
	);
	return address( "$site/c/{$attributes['campaign']}", $query );
}

/** What is null is left out. */
function address( $page, $query ) {
	return $page . '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
}

function page_language() {
	return get_bloginfo( 'language' );
}

function attributes( $values ) {
	$html = '';
	foreach ( $values as $name => $value ) {
		$html .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
	}
	return $html;
}
