/** The block in the editor: fields in the sidebar, and a preview that the server renders by the shortcode's function. */
(({ blocks, blockEditor, components, element, i18n, serverSideRender: ServerSideRender }) => {
  const { createElement } = element;
  const { __ } = i18n;
  const name = 'groundswell/action';

  const fields = {
    campaign: {
      label: __('Campaign', 'groundswell'),
      help: __('What comes after /c/ in the address of its page.', 'groundswell'),
    },
    site: {
      label: __('Site', 'groundswell'),
      help: __('Empty: the first of those under Settings > Groundswell.', 'groundswell'),
    },
    kind: {
      label: __('Form', 'groundswell'),
      options: [
        { value: '', label: __('All that the campaign has', 'groundswell') },
        { value: 'signature', label: __('Signature', 'groundswell') },
        { value: 'pledge', label: __('Pledge', 'groundswell') },
        { value: 'signature pledge', label: __('Signature first, then pledge', 'groundswell') },
        { value: 'pledge signature', label: __('Pledge first, then signature', 'groundswell') },
      ],
    },
    theme: {
      label: __('Colours', 'groundswell'),
      options: [
        { value: '', label: __("As the reader's device has them", 'groundswell') },
        { value: 'light', label: __('Light', 'groundswell') },
        { value: 'dark', label: __('Dark', 'groundswell') },
      ],
    },
    lang: {
      label: __('Language', 'groundswell'),
      help: __('Such as fr or pt-BR. Empty: the language of the page.', 'groundswell'),
    },
    partner: {
      label: __('Partner', 'groundswell'),
      help: __("Counted by it, if it is in the campaign's list.", 'groundswell'),
    },
    source: {
      label: __('Source', 'groundswell'),
      help: __("Counted by it, if it is in the campaign's list.", 'groundswell'),
    },
  };

  blocks.registerBlockType(name, {
    edit: ({ attributes, setAttributes }) =>
      createElement(
        'div',
        blockEditor.useBlockProps(),
        createElement(blockEditor.InspectorControls, null, sidebar(attributes, setAttributes)),
        attributes.campaign ? preview(attributes) : createElement(CampaignForm, { setAttributes }),
      ),
    save: () => null,
    transforms: { from: [fromShortcode()] },
  });

  function sidebar(attributes, setAttributes) {
    const controls = Object.entries(fields).map(([key, field]) =>
      createElement(field.options ? components.SelectControl : components.TextControl, {
        key,
        ...field,
        value: attributes[key],
        onChange: (value) => setAttributes({ [key]: value }),
      }),
    );
    return createElement(components.PanelBody, { title: __('Campaign', 'groundswell') }, controls);
  }

  function preview(attributes) {
    return createElement(
      components.Disabled,
      null,
      createElement(ServerSideRender, { block: name, attributes }),
    );
  }

  /** A form of its own, so that the preview comes once the name is written and not with its first letter. */
  function CampaignForm({ setAttributes }) {
    const [campaign, setCampaign] = element.useState('');
    const submit = (event) => {
      event.preventDefault();
      setAttributes({ campaign: campaign.trim() });
    };
    return createElement(
      components.Placeholder,
      { label: __('Groundswell action', 'groundswell'), isColumnLayout: true },
      createElement(
        'form',
        { onSubmit: submit },
        createElement(components.TextControl, { ...fields.campaign, value: campaign, onChange: setCampaign }),
        createElement(
          'div',
          null,
          createElement(
            components.Button,
            { variant: 'primary', type: 'submit' },
            __('Show the campaign', 'groundswell'),
          ),
        ),
      ),
    );
  }

  /** A shortcode that is pasted becomes the block. */
  function fromShortcode() {
    const attributes = Object.fromEntries(
      Object.keys(fields).map((key) => [key, { type: 'string', shortcode: ({ named }) => named[key] ?? '' }]),
    );
    return { type: 'shortcode', tag: 'groundswell', attributes };
  }
})(window.wp);
